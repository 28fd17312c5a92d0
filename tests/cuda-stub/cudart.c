// A CUDA runtime that computes nothing: memory is host memory, kernels are counted. For looking at what ONNX Runtime does without a GPU.
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <stdatomic.h>
#include <errno.h>
#include <execinfo.h>
typedef int E;
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int dev = 0; static _Thread_local E last = 0; static E sticky = 0;
static int envi(const char*n,int d){const char*v=getenv(n);return v?atoi(v):d;}
static FILE* lg(void){static FILE*f;static int init; if(!init){init=1;const char*p=getenv("FAKE_LOG"); if(p) f=fopen(p,"a"); if(f) setvbuf(f,0,_IOLBF,0);} return f;}
#define LOG(...) do{FILE*f_=lg(); if(f_){fprintf(f_,__VA_ARGS__);fputc('\n',f_);}}while(0)
static E setE(E e){ if(e) last=e; return e;}
// FAKE_FAIL=name:from:code[:sticky[:times]] ; counter per process
static E fail(const char*name){ if(sticky && strcmp(name,"cudaGetLastError")) return setE(sticky);
  const char*f=getenv("FAKE_FAIL"); const char*file=getenv("FAKE_FAIL_FILE"); static char buf[256];
  if(!f && file){ FILE*h=fopen(file,"r"); if(h){ if(fgets(buf,sizeof buf,h)) f=buf; fclose(h);} }
  if(!f) return 0; size_t n=strlen(name); if(strncmp(f,name,n)||f[n]!=':') return 0;
  static atomic_int c; int at=0,code=0,st=0,times=0; sscanf(f+n+1,"%d:%d:%d:%d",&at,&code,&st,&times); int k=atomic_fetch_add(&c,1)+1; if(k<at||(times&&k>=at+times)) return 0; if(st) sticky=code; LOG("FAIL %s #%d -> %d",name,k,code); return setE(code);}
static atomic_long n_malloc,n_free,n_memcpy,n_kernel,n_sync,n_capture,n_graph,n_memset,bytes;
static int capturing=0; static int capbad=0;
static E notcap(const char*n){ if(capturing){ LOG("IN CAPTURE: %s (not allowed)",n); capbad=1; return setE(900);} return 0;}
struct A{void*p;size_t n;int kind,dev;struct A*next;}; static struct A*as;
static void addA(void*p,size_t n,int kind){struct A*a=malloc(sizeof*a);a->p=p;a->n=n;a->kind=kind;a->dev=dev;pthread_mutex_lock(&mu);a->next=as;as=a;pthread_mutex_unlock(&mu);}
static int findA(const void*p){int k=0;pthread_mutex_lock(&mu);for(struct A*a=as;a;a=a->next) if((char*)p>=(char*)a->p&&(char*)p<(char*)a->p+a->n){k=a->kind;break;} pthread_mutex_unlock(&mu);return k;}
static size_t delA(void*p){size_t n=0;pthread_mutex_lock(&mu);for(struct A**a=&as;*a;a=&(*a)->next) if((*a)->p==p){struct A*d=*a;*a=d->next;n=d->kind==2?d->n:0;free(d);break;} pthread_mutex_unlock(&mu);return n;}
static size_t total(void){const char*v=getenv("FAKE_MEM");return v?strtoull(v,0,0):(size_t)24<<30;}
E cudaMalloc(void**p,size_t n){E e; if((e=fail("cudaMalloc"))||(e=notcap("cudaMalloc")))return e; if(bytes+(long)n>(long)total()){LOG("cudaMalloc %zu: out of memory",n);return setE(2);} void*q; if(posix_memalign(&q,512,n?n:512))return setE(2); memset(q,0,n<(1<<28)?n:0); *p=q; addA(q,n,2); bytes+=n; n_malloc++; LOG("cudaMalloc %zu%s total %ld",n,capturing?" CAPTURE":"",(long)bytes); return 0;}
E cudaFree(void*p){E e; n_free++; if(!p)return 0; if((e=fail("cudaFree"))) return e; bytes-=delA(p); free(p); return 0;}
E cudaMallocHost(void**p,size_t n){E e; if((e=fail("cudaMallocHost")))return e; void*q; if(posix_memalign(&q,512,n?n:512))return setE(2); memset(q,0,n); *p=q; addA(q,n,1); LOG("cudaMallocHost %zu",n); return 0;}
E cudaHostAlloc(void**p,size_t n,unsigned f){return cudaMallocHost(p,n);}
E cudaFreeHost(void*p){ if(p){delA(p);free(p);} return 0;}
E cudaMemPoolCreate(void**p,const void*x){*p=malloc(8);return 0;} E cudaMemPoolDestroy(void*p){free(p);return 0;} E cudaMemPoolTrimTo(void*p,size_t n){return 0;}
E cudaMemPoolSetAttribute(void*p,int a,void*v){return 0;} E cudaMemPoolGetAttribute(void*p,int a,void*v){*(uint64_t*)v=0;return 0;}
E cudaMallocFromPoolAsync(void**p,size_t n,void*pool,void*s){E e; if((e=fail("cudaMallocFromPoolAsync")))return e; int c=capturing;capturing=0;e=cudaMalloc(p,n);capturing=c;return e;}
E cudaFreeAsync(void*p,void*s){return cudaFree(p);}
E cudaMemGetInfo(size_t*f,size_t*t){*t=total();*f=total()-bytes;return fail("cudaMemGetInfo");}
static const char*kn[]={"HtoH","HtoD","DtoH","DtoD","default"};
E cudaMemcpy(void*d,const void*s,size_t n,int k){E e; if((e=fail("cudaMemcpy"))||(e=notcap("cudaMemcpy")))return e; n_memcpy++; LOG("cudaMemcpy %s %zu",kn[k],n); memcpy(d,s,n); return 0;}
E cudaMemcpyAsync(void*d,const void*s,size_t n,int k,void*st){E e; if((e=fail("cudaMemcpyAsync")))return e; n_memcpy++; LOG("cudaMemcpyAsync %s %zu %s->%s stream %p%s",kn[k],n,findA(s)==2?"dev":findA(s)==1?"pinned":"pageable",findA(d)==2?"dev":findA(d)==1?"pinned":"pageable",st,capturing?" CAPTURE":""); memcpy(d,s,n); return 0;}
E cudaMemcpy2DAsync(void*d,size_t dp,const void*s,size_t sp,size_t w,size_t h,int k,void*st){n_memcpy++;LOG("cudaMemcpy2DAsync %s %zux%zu",kn[k],w,h);for(size_t i=0;i<h;i++)memcpy((char*)d+i*dp,(char*)s+i*sp,w);return fail("cudaMemcpy2DAsync");}
E cudaMemcpyFromSymbol(void*d,const void*s,size_t n,size_t o,int k){memset(d,0,n);return 0;}
E cudaMemset(void*d,int v,size_t n){n_memset++;memset(d,v,n);return fail("cudaMemset");} E cudaMemsetAsync(void*d,int v,size_t n,void*s){n_memset++;LOG("cudaMemsetAsync %zu%s",n,capturing?" CAPTURE":"");memset(d,v,n);return fail("cudaMemsetAsync");}
E cudaPointerGetAttributes(void*at,const void*p){int*a=at;memset(a,0,88);int k=findA(p);a[0]=k;a[1]=k?dev:-2;*(const void**)(a+2)=p;return 0;}
E cudaSetDevice(int d){E e; LOG("cudaSetDevice %d",d); if((e=fail("cudaSetDevice")))return e; int n=envi("FAKE_COUNT",1); if(d<0||d>=n) return setE(n?101:100); dev=d; return 0;} E cudaGetDevice(int*d){*d=dev;return fail("cudaGetDevice");}
E cudaGetDeviceCount(int*n){E e; *n=0; if((e=fail("cudaGetDeviceCount")))return e; *n=envi("FAKE_COUNT",1); if(!*n) return setE(100); return 0;}
struct prop{char name[256];char uuid[16];char luid[8];unsigned mask;size_t totalGlobalMem,sharedMemPerBlock;int regsPerBlock,warpSize;size_t memPitch;int maxThreadsPerBlock,maxThreadsDim[3],maxGridSize[3];size_t totalConstMem;int major,minor;size_t texA,texP;int multiProcessorCount,integrated,canMap;
 int maxTexture1D,maxTexture1DMipmap,maxTexture2D[2],maxTexture2DMipmap[2],maxTexture2DLinear[3],maxTexture2DGather[2],maxTexture3D[3],maxTexture3DAlt[3],maxTextureCubemap,maxTexture1DLayered[2],maxTexture2DLayered[3],maxTextureCubemapLayered[2],maxSurface1D,maxSurface2D[2],maxSurface3D[3],maxSurface1DLayered[2],maxSurface2DLayered[3],maxSurfaceCubemap,maxSurfaceCubemapLayered[2];size_t surfaceAlignment;
 int concurrentKernels,ECC,pciBus,pciDev,pciDom,tcc,asyncEngines,unified,busWidth,l2,l2p,maxThreadsPerMP,prio,gl1,ll1;size_t sharedPerMP;int regsPerMP,managed,multi,group,hostAtomic,pageable,concManaged,preempt,hostPtr,coop;size_t sharedOptin;int a,b,maxBlocksPerMP,apw;size_t reservedShared;int hostReg,sparse,hostRO,timeline,pools,rdma;unsigned f;int o;unsigned h;int dm,ipc,cluster,ufp,nc,ni,mps,hn;unsigned g1,g2;int hm;int reserved[56];};
E cudaGetDeviceProperties(struct prop*p,int d){E e; memset(p,0,sizeof*p); if((e=fail("cudaGetDeviceProperties")))return e; int cc=envi("FAKE_CC",90); snprintf(p->name,256,"Fake GPU sm_%d",cc);p->totalGlobalMem=total();p->sharedMemPerBlock=49152;p->regsPerBlock=65536;p->warpSize=32;p->memPitch=2147483647;p->maxThreadsPerBlock=1024;p->maxThreadsDim[0]=p->maxThreadsDim[1]=1024;p->maxThreadsDim[2]=64;p->maxGridSize[0]=2147483647;p->maxGridSize[1]=p->maxGridSize[2]=65535;p->totalConstMem=65536;p->major=cc/10;p->minor=cc%10;p->texA=512;p->texP=32;p->multiProcessorCount=cc>=90?132:cc==89?58:cc==86?72:108;p->concurrentKernels=1;p->asyncEngines=3;p->unified=1;p->l2=50<<20;p->maxThreadsPerMP=2048;p->sharedPerMP=cc>=90?233472:167936;p->regsPerMP=65536;p->managed=1;p->coop=1;p->sharedOptin=cc>=90?232448:cc==89||cc==86?101376:166912;p->maxBlocksPerMP=32;p->reservedShared=1024;p->pools=1;p->cluster=cc>=90;return 0;}
E cudaDeviceGetAttribute(int*v,int a,int d){E e; if((e=fail("cudaDeviceGetAttribute")))return e; struct prop p; cudaGetDeviceProperties(&p,d); switch(a){case 1:*v=1024;break;case 2:case 3:*v=1024;break;case 4:*v=64;break;case 5:*v=2147483647;break;case 6:case 7:*v=65535;break;case 8:*v=49152;break;case 10:*v=32;break;case 16:*v=p.multiProcessorCount;break;case 38:*v=p.l2;break;case 39:*v=2048;break;case 75:*v=p.major;break;case 76:*v=p.minor;break;case 81:*v=p.sharedPerMP;break;case 82:*v=65536;break;case 95:*v=1;break;case 97:*v=p.sharedOptin;break;case 106:*v=32;break;case 111:*v=1024;break;case 115:*v=1;break;case 120:*v=p.cluster;break;default:*v=0;} return 0;}
E cudaRuntimeGetVersion(int*v){*v=13000;return 0;} E cudaDriverGetVersion(int*v){*v=envi("FAKE_DRIVER",13000);return 0;}
static const char*names(E e){switch(e){case 0:return"cudaSuccess";case 1:return"cudaErrorInvalidValue";case 2:return"cudaErrorMemoryAllocation";case 3:return"cudaErrorInitializationError";case 35:return"cudaErrorInsufficientDriver";case 46:return"cudaErrorDevicesUnavailable";case 98:return"cudaErrorInvalidDeviceFunction";case 100:return"cudaErrorNoDevice";case 101:return"cudaErrorInvalidDevice";case 209:return"cudaErrorNoKernelImageForDevice";case 700:return"cudaErrorIllegalAddress";case 719:return"cudaErrorLaunchFailure";case 802:return"cudaErrorSystemNotReady";case 900:return"cudaErrorStreamCaptureUnsupported";case 901:return"cudaErrorStreamCaptureInvalidated";case 999:return"cudaErrorUnknown";}return"cudaErrorX";}
const char*cudaGetErrorName(E e){return names(e);} const char*cudaGetErrorString(E e){return names(e);}
E cudaGetLastError(void){E e=sticky?sticky:last; last=0;return e;} E cudaPeekAtLastError(void){return sticky?sticky:last;}
static E mk(void**p){*p=malloc(16);return 0;}
E cudaEventCreate(void**e){return mk(e);} E cudaEventCreateWithFlags(void**e,unsigned f){return mk(e);} E cudaEventDestroy(void*e){free(e);return 0;} E cudaEventElapsedTime(float*f,void*a,void*b){*f=0.01f;return 0;}
E cudaEventRecord(void*e,void*s){LOG("cudaEventRecord stream %p%s",s,capturing?" CAPTURE":"");return fail("cudaEventRecord");} E cudaEventRecordWithFlags(void*e,void*s,unsigned f){return fail("cudaEventRecord");} E cudaEventSynchronize(void*e){E r; n_sync++;LOG("cudaEventSynchronize");if((r=notcap("cudaEventSynchronize")))return r;return fail("cudaEventSynchronize");}
E cudaStreamCreate(void**s){E e; if((e=fail("cudaStreamCreate")))return e; LOG("cudaStreamCreate");return mk(s);} E cudaStreamCreateWithFlags(void**s,unsigned f){E e; if((e=fail("cudaStreamCreateWithFlags")))return e; mk(s); LOG("cudaStreamCreateWithFlags %u = %p",f,*s);return 0;} E cudaStreamDestroy(void*s){free(s);return 0;}
E cudaStreamSynchronize(void*s){E e; n_sync++; LOG("cudaStreamSynchronize %p",s); if((e=notcap("cudaStreamSynchronize")))return e; return fail("cudaStreamSynchronize");}
E cudaDeviceSynchronize(void){E e;n_sync++; LOG("cudaDeviceSynchronize"); if((e=notcap("cudaDeviceSynchronize")))return e; return fail("cudaDeviceSynchronize");}
E cudaStreamWaitEvent(void*s,void*e,unsigned f){LOG("cudaStreamWaitEvent %p",s);return fail("cudaStreamWaitEvent");}
E cudaStreamBeginCapture(void*s,int m){E e; if((e=fail("cudaStreamBeginCapture")))return e; capturing=1;capbad=0;n_capture++;LOG("cudaStreamBeginCapture %p mode %d",s,m);return 0;}
E cudaStreamEndCapture(void*s,void**g){capturing=0;LOG("cudaStreamEndCapture");E e; if((e=fail("cudaStreamEndCapture")))return e; if(capbad){*g=0;return setE(901);} return mk(g);}
E cudaStreamIsCapturing(void*s,int*st){*st=capturing;return 0;}
E cudaGraphInstantiate(void**x,void*g,unsigned long long f){E e; if((e=fail("cudaGraphInstantiate")))return e; LOG("cudaGraphInstantiate");return mk(x);} E cudaGraphLaunch(void*x,void*s){n_graph++;LOG("cudaGraphLaunch stream %p",s);return fail("cudaGraphLaunch");} E cudaGraphDestroy(void*g){free(g);return 0;} E cudaGraphExecDestroy(void*g){free(g);return 0;}
E cudaLaunchHostFunc(void*s,void(*f)(void*),void*u){LOG("cudaLaunchHostFunc%s",capturing?" CAPTURE":"");if(!capturing)f(u);return fail("cudaLaunchHostFunc");}
E cudaGetDriverEntryPointByVersion(const char*n,void**p,unsigned v,unsigned long long f,int*st){*p=0;if(st)*st=1;return 0;}
E cudaFuncSetAttribute(const void*f,int a,int v){return 0;} E cudaKernelSetAttributeForDevice(void*k,int a,int v,int d){return 0;}
E cudaFuncGetAttributes(char*a,const void*f){memset(a,0,64);*(int*)(a+24)=1024;*(int*)(a+28)=64;*(int*)(a+32)=90;*(int*)(a+36)=90;return 0;}
E cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int*n,const void*f,int b,size_t s,unsigned fl){*n=2;return 0;}
E cudaLibraryLoadData(void**l,const void*c,void*a,void*b,unsigned n,void*d,void*e,unsigned m){return mk(l);} E cudaLibraryUnload(void*l){return 0;} E cudaLibraryGetKernel(void**k,void*l,const char*n){*k=strdup(n);return 0;}
struct K{const void*h;const char*n;}; static struct K*ks; static int nk,ck;
static const char*kname(const void*h){for(int i=0;i<nk;i++)if(ks[i].h==h)return ks[i].n;return "?";}
void**__cudaRegisterFatBinary(void*f){return malloc(8);} void __cudaRegisterFatBinaryEnd(void**h){} void __cudaUnregisterFatBinary(void**h){free(h);}
void __cudaRegisterFunction(void**h,const char*hf,char*df,const char*dn,int tl,void*a,void*b,void*c,void*d,int*e){pthread_mutex_lock(&mu);if(nk==ck){ck=ck?ck*2:1<<16;ks=realloc(ks,ck*sizeof*ks);}ks[nk].h=hf;ks[nk++].n=dn;pthread_mutex_unlock(&mu);}
void __cudaRegisterVar(void**h,char*v,char*dv,const char*n,int e,size_t s,int c,int g){}
struct cfg{unsigned g[3],b[3];size_t sh;void*st;}; static _Thread_local struct cfg cf[8]; static _Thread_local int nc;
typedef struct{unsigned x,y,z;}dim3;
unsigned __cudaPushCallConfiguration(dim3 g,dim3 b,size_t sh,void*st){cf[nc].g[0]=g.x;cf[nc].g[1]=g.y;cf[nc].g[2]=g.z;cf[nc].b[0]=b.x;cf[nc].b[1]=b.y;cf[nc].b[2]=b.z;cf[nc].sh=sh;cf[nc].st=st;nc++;return 0;}
E __cudaPopCallConfiguration(dim3*g,dim3*b,size_t*sh,void**st){nc--;g->x=cf[nc].g[0];g->y=cf[nc].g[1];g->z=cf[nc].g[2];b->x=cf[nc].b[0];b->y=cf[nc].b[1];b->z=cf[nc].b[2];*sh=cf[nc].sh;*st=cf[nc].st;return 0;}
E __cudaGetKernel(void**k,const void*f){*k=(void*)f;return 0;}
static E launch(const void*f,void*st){E e; if((e=fail("cudaLaunchKernel")))return e; n_kernel++; LOG("kernel %s stream %p%s",kname(f),st,capturing?" CAPTURE":"");return 0;}
E __cudaLaunchKernel(void*k,dim3 g,dim3 b,void**a,size_t sh,void*st){return launch(k,st);}
E cudaLaunchKernel(const void*f,dim3 g,dim3 b,void**a,size_t sh,void*st){return launch(f,st);} E cudaLaunchCooperativeKernel(const void*f,dim3 g,dim3 b,void**a,size_t sh,void*st){return launch(f,st);} E cudaLaunchKernelExC(const void*c,const void*f,void**a){return launch(f,*(void**)((char*)c+32));}
void fake_blas(const char*n){ n_kernel++; LOG("blas %s%s",n,capturing?" CAPTURE":""); }
E fake_fail(const char*n){return fail(n);}
__attribute__((destructor)) static void bye(void){ if(getenv("FAKE_STATS")) fprintf(stderr,"[fake] malloc %ld free %ld memcpy %ld kernels %ld syncs %ld captures %ld graph launches %ld registered kernels %d bytes %ld\n",(long)n_malloc,(long)n_free,(long)n_memcpy,(long)n_kernel,(long)n_sync,(long)n_capture,(long)n_graph,nk,(long)bytes);}
E cudaProfilerStart(void){return 0;}
E cudaDeviceReset(void){return 0;}
E cudaMemcpyPeerAsync(void*d,int dd,const void*s,int sd,size_t n,void*st){memcpy(d,s,n);return 0;}
E cudaDeviceCanAccessPeer(int*c,int a,int b){*c=1;return 0;}
E cudaDeviceGetPCIBusId(char*b,int l,int d){snprintf(b,l,"0000:0%d:00.0",d+1);return 0;}
E cudaMallocAsync(void**p,size_t n,void*s){return cudaMalloc(p,n);}
E cudaStreamQuery(void*s){return 0;}
E cudaEventQuery(void*s){return 0;}
E cudaFuncGetName(const char**n,const void*f){*n=kname(f);return 0;}
E cudaGetSymbolAddress(void**p,const void*s){*p=(void*)s;return 0;}
E cudaHostRegister(void*p,size_t n,unsigned f){return 0;}
E cudaHostUnregister(void*p){return 0;}
E cudaHostGetDevicePointer(void**d,void*h,unsigned f){*d=h;return 0;}
E cudaIpcGetMemHandle(void*h,void*p){return 1;}
E cudaStreamGetFlags(void*s,unsigned*f){*f=0;return 0;}
E cudaStreamGetPriority(void*s,int*f){*f=0;return 0;}
E cudaMemcpy2D(void*d,size_t dp,const void*s,size_t sp,size_t w,size_t h,int k){return cudaMemcpy2DAsync(d,dp,s,sp,w,h,k,0);}
E cudaMemcpyToSymbolAsync(const void*s,const void*p,size_t n,size_t o,int k,void*st){return 0;}
E cudaMemcpyToSymbol(const void*s,const void*p,size_t n,size_t o,int k){return 0;}
E cudaDeviceGetDefaultMemPool(void**p,int d){return mk(p);}
E cudaDeviceSetLimit(int a,size_t b){return 0;}
E cudaDeviceGetStreamPriorityRange(int*a,int*b){*a=*b=0;return 0;}
E cudaStreamCreateWithPriority(void**s,unsigned f,int p){return cudaStreamCreateWithFlags(s,f);}
E cudaGraphGetNodes(void*g,void*n,size_t*c){*c=0;return 0;}
E cudaChooseDevice(int*d,const void*p){*d=0;return 0;}
E cudaSetDeviceFlags(unsigned f){return 0;}
E cudaThreadExchangeStreamCaptureMode(int*m){return 0;}
E cudaInitDevice(int d,unsigned a,unsigned b){return 0;}
E cudaDeviceFlushGPUDirectRDMAWrites(int a,int b){return 0;}
E cudaCtxResetPersistingL2Cache(void){return 0;}
E cudaDeviceGetByPCIBusId(int*d,const char*b){*d=0;return 0;}
E cudaDeviceGetLimit(size_t*v,int l){*v=0;return 0;}
E cudaDeviceGetP2PAttribute(int*v,int a,int b,int c){*v=0;return 0;}
E cudaDeviceSetMemPool(int d,void*p){return 0;}
E cudaGraphCreate(void**g,unsigned f){return mk(g);}
E cudaGraphExecUpdate(void*a,void*b,void*c){return 1;}
E cudaOccupancyMaxActiveBlocksPerMultiprocessor(int*n,const void*f,int b,size_t s){*n=2;return 0;}
E cudaUserObjectCreate(void**o,void*p,void*d,unsigned a,unsigned b){return mk(o);}
E cudaMemPrefetchAsync(const void*p,size_t n,int d,void*s){return 0;}
E cudaMemAdvise(const void*p,size_t n,int a,int d){return 0;}
E cudaMallocManaged(void**p,size_t n,unsigned f){return cudaMalloc(p,n);}
E cudaMallocPitch(void**p,size_t*pi,size_t w,size_t h){*pi=w;return cudaMalloc(p,w*h);}
E cudaStreamAddCallback(void*s,void*c,void*u,unsigned f){return 0;}
E cudaStreamAttachMemAsync(void*s,void*p,size_t l,unsigned f){return 0;}
E cudaStreamCopyAttributes(void*a,void*b){return 0;}
E cudaStreamGetAttribute(void*s,int a,void*v){return 0;}
E cudaStreamSetAttribute(void*s,int a,void*v){return 0;}
E cudaStreamGetCaptureInfo(void*s,int*st,void*a){*st=capturing;return 0;}
E cudaStreamUpdateCaptureDependencies(void*s,void*d,size_t n,unsigned f){return 0;}
E cudaGraphAddMemcpyNode(void*a){return 1;}
E cudaGraphKernelNodeGetParams(void*a){return 1;}
E cudaGraphDebugDotPrint(void*a){return 1;}
E cudaGraphUpload(void*a,void*s){return 0;}
E cudaGraphInstantiateWithFlags(void**x,void*g,unsigned long long f){return cudaGraphInstantiate(x,g,f);}
E cudaDeviceSetCacheConfig(int a){return 0;}
E cudaFuncSetCacheConfig(const void*f,int a){return 0;}
E cudaFuncSetSharedMemConfig(const void*f,int a){return 0;}
E cudaDeviceGetUuid(void*u,int d){memset(u,d,16);return 0;}
E cudaDeviceDisablePeerAccess(int d){return 0;}
E cudaDeviceEnablePeerAccess(int d,unsigned f){return 0;}
E cudaArrayGetInfo(void*a){return 1;}
E cudaGetTextureObjectResourceDesc(void*a){return 1;}
E cudaCreateTextureObject(void*a){return 1;}
E cudaDestroyTextureObject(void*a){return 1;}
E cudaFreeArray(void*a){return 1;}
E cudaMallocArray(void*a){return 1;}
E cudaMemcpy3D(void*a){return 1;}
E cudaMemcpy3DAsync(void*a,void*b){return 1;}
E cudaMemset2D(void*a,size_t p,int v,size_t w,size_t h){return 0;}
E cudaMemset2DAsync(void*a,size_t p,int v,size_t w,size_t h,void*s){return 0;}
E cudaMemset3D(void*a){return 1;}
E cudaMemset3DAsync(void*a){return 1;}
E cudaProfilerStop(void){return 0;}
E cudaGetDriverEntryPoint(const char*n,void**p,unsigned long long f,int*st){*p=0;if(st)*st=1;return 0;}
E cudaGetFuncBySymbol(void**f,const void*s){*f=(void*)s;return 0;}
E cudaGetKernel(void**k,const void*f){*k=(void*)f;return 0;}
E cudaHostGetFlags(unsigned*f,void*p){*f=0;return 0;}
E cudaLibraryLoadFromFile(void**l,const char*f){return 1;}
E cudaLibraryGetKernelCount(unsigned*n,void*l){*n=0;return 0;}
E cudaLibraryEnumerateKernels(void*k,unsigned n,void*l){return 0;}
E cudaLibraryGetGlobal(void**p,size_t*b,void*l,const char*n){return 1;}
E cudaLibraryGetManaged(void**p,size_t*b,void*l,const char*n){return 1;}
E cudaLibraryGetUnifiedFunction(void**p,void*l,const char*n){return 1;}
E cudaLogsRegisterCallback(void*a){return 1;}
E cudaLogsUnregisterCallback(void*a){return 1;}
E cudaLogsCurrent(void*a){return 1;}
E cudaLogsDumpToFile(void*a){return 1;}
E cudaLogsDumpToMemory(void*a){return 1;}
E cudaMemDiscardBatchAsync(void*a){return 1;}
E cudaMemGetDefaultMemPool(void*a){return 1;}
E cudaMemGetMemPool(void*a){return 1;}
E cudaMemSetMemPool(void*a){return 1;}
E cudaMemPrefetchBatchAsync(void*a){return 1;}
E cudaMemDiscardAndPrefetchBatchAsync(void*a){return 1;}
E cudaMemcpyBatchAsync(void*a){return 1;}
E cudaMemcpy3DBatchAsync(void*a){return 1;}
E cudaMemcpyPeer(void*d,int dd,const void*s,int sd,size_t n){memcpy(d,s,n);return 0;}
E cudaMemPoolExportPointer(void*a){return 1;}
E cudaMemPoolSetAccess(void*p,void*d,size_t n){return 0;}
E cudaMemPoolGetAccess(void*f,void*p,void*l){return 0;}
E cudaStreamGetDevice(void*s,int*d){*d=0;return 0;}
E cudaStreamGetId(void*s,unsigned long long*i){*i=1;return 0;}
E cudaEventRecordExternal(void*a){return 1;}
E cudaCtxGetDevice(int*d){*d=0;return 0;}
E cudaDeviceGetHostAtomicCapabilities(void*a){return 1;}
E cudaDeviceGetP2PAtomicCapabilities(void*a){return 1;}
E cudaDeviceGetNvSciSyncAttributes(void*a){return 1;}
E cudaDeviceGetTexture1DLinearMaxWidth(size_t*a){return 1;}
E cudaDeviceGraphMemTrim(int d){return 0;}
E cudaDeviceGetGraphMemAttribute(int d,int a,void*v){return 0;}
E cudaDeviceSetGraphMemAttribute(int d,int a,void*v){return 0;}
E cudaDeviceRegisterAsyncNotification(void*a){return 1;}
E cudaDeviceUnregisterAsyncNotification(void*a){return 1;}
E cudaDeviceGetMemPool(void**p,int d){return mk(p);}
E cudaDeviceGetCacheConfig(int*a){*a=0;return 0;}
E cudaDeviceGetExecutionCtx(void*a){return 1;}
E cudaGetDeviceFlags(unsigned*f){*f=0;return 0;}
E cudaIpcOpenMemHandle(void*a){return 1;}
E cudaIpcCloseMemHandle(void*a){return 1;}
E cudaIpcGetEventHandle(void*a){return 1;}
E cudaIpcOpenEventHandle(void*a){return 1;}
E cudaSetValidDevices(int*a,int n){return 0;}
E cudaSetDoubleForDevice(void*a){return 0;}
E cudaSetDoubleForHost(void*a){return 0;}
E cudaFuncGetParamCount(void*a){return 1;}
E cudaFuncGetParamInfo(void*a){return 1;}
E cudaOccupancyAvailableDynamicSMemPerBlock(void*a){return 1;}
E cudaOccupancyMaxActiveClusters(int*n,const void*f,const void*c){*n=2;return 0;}
E cudaOccupancyMaxPotentialClusterSize(int*n,const void*f,const void*c){*n=2;return 0;}
E cudaMemRangeGetAttribute(void*a){return 1;}
E cudaMemRangeGetAttributes(void*a){return 1;}
char **__cudaInitModule(void**h){return 0;}
E cudaGetExportTable(const void**t,const void*id){return 1;}
E cudaSetDeviceFlagsX(void){return 0;}
E cudaMemGetInfoX(void){return 0;}
E cudaStreamBeginCaptureToGraph(void*a){return 1;}
E cudaStreamBeginRecaptureToGraph(void*a){return 1;}
E cudaDeviceGetAttributeX(void){return 0;}
E cudaStreamSynchronizeX(void){return 0;}
E cudaGetLastErrorX(void){return 0;}
E cudaFreeMipmappedArray(void*a){return 1;}
E cudaGetSymbolSize(size_t*s,const void*p){*s=0;return 0;}
E cudaMemcpyFromSymbolAsync(void*d,const void*s,size_t n,size_t o,int k,void*st){memset(d,0,n);return 0;}
E cudaSetupArgument(void*a){return 1;}
E cudaRuntimeGetVersionX(void){return 0;}
E cudaCreateChannelDesc(void){return 0;}
E cudaGraphicsMapResources(void*a){return 1;}
E cudaGraphicsUnmapResources(void*a){return 1;}
E cudaDestroyExternalMemory(void*a){return 0;}
E cudaDestroyExternalSemaphore(void*a){return 0;}
E cudaImportExternalMemory(void*a){return 1;}
E cudaImportExternalSemaphore(void*a){return 1;}
E cudaExternalMemoryGetMappedBuffer(void*a){return 1;}
E cudaSignalExternalSemaphoresAsync(void*a){return 1;}
E cudaWaitExternalSemaphoresAsync(void*a){return 1;}
